package dev.dunlin.client.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ChatExampleTest {
    private static final Path MODULE =
            Path.of(System.getProperty("dunlin.root", "../..")).resolve("clients/java");

    @Test
    void theReadmeQuotesTheExample() throws IOException {
        String example = Files.readString(MODULE.resolve("src/test/java/dev/dunlin/client/example/ChatExample.java"));
        String body = example.substring(example.indexOf("    /** Takes"), example.lastIndexOf('}'));
        assertThat(Files.readString(MODULE.resolve("README.md")))
                .contains(body.stripTrailing().stripIndent());
    }

    @Test
    void aMissingTokenIsAnErrorAtOnce() {
        assertThatThrownBy(() -> ChatExample.main(new String[] {"http://localhost:8080", ""}))
                .hasMessage("usage: ChatExample URL TOKEN");
    }
}
