package dev.dunlin.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A native image holds only what its metadata names: a record that is missing there would fail at
 * run time, and only there.
 */
class NativeImageMetadataTest {
    private static final Path CLASSES = Path.of("target/classes");
    private static final String METADATA =
            "META-INF/native-image/dev.dunlin/dunlin-protocol/reachability-metadata.json";

    @Test
    void everyRecordAndEnumIsRegisteredForJackson() throws IOException {
        assertThat(registered()).isEqualTo(recordsAndEnums());
    }

    private static Set<String> recordsAndEnums() throws IOException {
        try (Stream<Path> files = Files.walk(CLASSES)) {
            return files.map(file -> CLASSES.relativize(file).toString())
                    .filter(name -> name.endsWith(".class") && !name.endsWith("package-info.class"))
                    .map(name -> name.substring(0, name.length() - 6).replace('/', '.'))
                    .filter(NativeImageMetadataTest::isRead)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static boolean isRead(String name) {
        try {
            Class<?> type = Class.forName(name);
            return type.isRecord() || type.isEnum() || type.isSealed();
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Set<String> registered() {
        try (InputStream in = NativeImageMetadataTest.class.getResourceAsStream("/" + METADATA)) {
            Set<String> names = new TreeSet<>();
            for (JsonNode entry : JsonMapper.builder().build().readTree(in).path("reflection")) {
                names.add(entry.path("type").asText());
            }
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
