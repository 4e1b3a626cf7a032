package dev.dunlin.benchmark.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The files of one benchmark in one directory: {@code NAME.md}, {@code NAME.json} and
 * {@code NAME-CHART.svg}. The next run replaces them, so one page per subject stays current.
 */
public record Results(Path directory, String name) {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** Writes a chart; returns the name of its file, for the page. */
    public String chart(String chart, String svg) throws IOException {
        String file = name + "-" + chart + ".svg";
        write(file, svg);
        return file;
    }

    /** Writes the raw figures; returns the name of their file. */
    public String figures(Object figures) throws IOException {
        String file = name + ".json";
        write(file, JSON.writeValueAsString(figures) + "\n");
        return file;
    }

    /** Writes the page; returns where it is. */
    public Path page(Page page) throws IOException {
        return write(name + ".md", page.text());
    }

    private Path write(String file, String text) throws IOException {
        Files.createDirectories(directory);
        return Files.writeString(directory.resolve(file), text);
    }
}
