package dev.dunlin.benchmark.link;

import dev.dunlin.benchmark.report.Format;
import dev.dunlin.benchmark.report.Page;
import dev.dunlin.benchmark.report.Results;
import dev.dunlin.benchmark.report.StackedBars;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The tables and the chart of {@code ./dev bench link}. */
record LinkPage(List<LinkFigures.Row> rows, List<LinkFigures.Node> nodes) {
    /** The tables that are printed, too. */
    Page overview() {
        Page page = new Page();
        if (!rows.isEmpty()) {
            List<String> head = new ArrayList<>(List.of("bytes a link", "links", "**live heap**"));
            for (Owner owner : Owner.values()) {
                head.add(owner.title());
            }
            head.add("resident, with garbage");
            page.table(head, rows.stream().map(LinkPage::cells).toList());
        }
        page.table(
                List.of("connection-1", "links", "RSS before", "most", "RSS with its links"),
                nodes.stream()
                        .map(node -> List.of(
                                node.name(),
                                Format.whole((long) node.links()),
                                Format.mebibytes(node.before()),
                                Format.mebibytes(node.most()),
                                Format.mebibytes(node.after())))
                        .toList());
        return page;
    }

    private static List<String> cells(LinkFigures.Row row) {
        List<String> cells = new ArrayList<>(
                List.of(row.shape(), Format.whole((long) row.links()), "**" + Format.whole(row.total()) + "**"));
        row.live().values().forEach(bytes -> cells.add(Format.whole(bytes)));
        cells.add(Format.whole(row.resident()));
        return cells;
    }

    /** Adds the rest, and writes the chart beside the page. */
    void write(Page page, Results results) throws IOException {
        if (!rows.isEmpty()) {
            page.picture(
                    "live heap of a link by owner",
                    results.chart(
                            "heap",
                            new StackedBars(
                                            "Live heap of a link by owner",
                                            "bytes a link",
                                            rows.stream()
                                                    .map(row -> new StackedBars.Bar(row.shape(), row.live()))
                                                    .toList())
                                    .svg()));
        }
        page.heading("## Resident memory of every process before the first link")
                .table(idleHead(), idle());
        rows.stream()
                .limit(1)
                .forEach(row -> page.heading("## " + row.shape() + ": the largest classes")
                        .table(
                                List.of("class", "bytes a link"),
                                row.classes().entrySet().stream()
                                        .map(entry ->
                                                List.of("`" + entry.getKey() + "`", Format.digits(entry.getValue())))
                                        .toList()));
    }

    private List<String> idleHead() {
        List<String> head = new ArrayList<>(List.of("process"));
        nodes.forEach(node -> head.add(node.name()));
        return head;
    }

    private List<List<String>> idle() {
        TreeSet<String> names = new TreeSet<>();
        nodes.forEach(node -> names.addAll(node.idle().keySet()));
        List<List<String>> table = new ArrayList<>();
        for (String name : names) {
            List<String> cells = new ArrayList<>(List.of(name));
            for (LinkFigures.Node node : nodes) {
                Map<String, Long> idle = node.idle();
                cells.add(Format.mebibytes(idle.getOrDefault(name, 0L)));
            }
            table.add(cells);
        }
        return table;
    }
}
