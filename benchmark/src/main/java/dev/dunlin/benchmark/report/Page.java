package dev.dunlin.benchmark.report;

import java.util.ArrayList;
import java.util.List;

/** A page of Markdown. Not thread-safe. */
public final class Page {
    private static final int WIDTH = 100;

    private final StringBuilder text = new StringBuilder();

    /** A heading, with its number signs. */
    public Page heading(String heading) {
        text.append(heading).append("\n\n");
        return this;
    }

    /** A paragraph, wrapped at 100 columns. */
    public Page paragraph(String paragraph) {
        int column = 0;
        for (String word : paragraph.strip().split("\\s+", -1)) {
            if (column > 0 && column + 1 + word.length() > WIDTH) {
                text.append('\n');
                column = 0;
            } else if (column > 0) {
                text.append(' ');
                column++;
            }
            text.append(word);
            column += word.length();
        }
        text.append("\n\n");
        return this;
    }

    /** A picture that lies beside the page. */
    public Page picture(String description, String file) {
        text.append("![").append(description).append("](").append(file).append(")\n\n");
        return this;
    }

    /** A table; the cells of a row that has fewer than the head are empty. */
    public Page table(List<String> head, List<List<String>> rows) {
        line(head);
        line(head.stream().map(cell -> "---").toList());
        for (List<String> row : rows) {
            List<String> cells = new ArrayList<>(row);
            while (cells.size() < head.size()) {
                cells.add("");
            }
            line(cells);
        }
        text.append('\n');
        return this;
    }

    /** Markdown as it is, for example what another page holds. */
    public Page add(String markdown) {
        text.append(markdown.stripTrailing()).append("\n\n");
        return this;
    }

    private void line(List<String> cells) {
        text.append("| ");
        text.append(String.join(
                " | ", cells.stream().map(cell -> cell.replace("|", "\\|")).toList()));
        text.append(" |\n");
    }

    /** The page so far. */
    public String text() {
        return text.toString().stripTrailing() + "\n";
    }
}
