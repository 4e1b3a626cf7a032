package dev.dunlin.localstack.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dunlin.engines.Checkout;
import dev.dunlin.engines.supervise.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeBinaryTest {
    private static final Instant BUILT = Instant.parse("2026-11-20T12:00:00Z");

    @TempDir
    private Path root;

    private Path binary;

    @BeforeEach
    void sourcesThatAreOlderThanTheBinary() throws IOException {
        file("pom.xml", BUILT.minusSeconds(60));
        file("message-service/src/main/java/Main.java", BUILT.minusSeconds(60));
        file("protocol/src/main/java/Frame.java", BUILT.minusSeconds(60));
        binary = file("message-service/target/dunlin-message-service-1-runner", BUILT);
    }

    private Path file(String name, Instant modified) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
        return Files.setLastModifiedTime(file, FileTime.from(modified));
    }

    private Path found() {
        return NativeBinary.of(new Checkout(root), "message-service");
    }

    @Test
    void binaryThatIsNewerThanItsSourcesIsUsed() throws IOException {
        file("message-service/src/test/java/MainTest.java", BUILT.plusSeconds(60));
        assertThat(found()).isEqualTo(binary);
    }

    @Test
    void missingBinaryIsRefusedWithTheCommandThatBuildsIt() throws IOException {
        Files.delete(binary);
        assertThatThrownBy(this::found)
                .isInstanceOf(StackException.class)
                .hasMessage("There is no native binary of message-service: build it with ./mvnw package -DskipTests"
                        + " -Dquarkus.native.enabled=true -pl message-service");
    }

    @Test
    void binaryThatIsOlderThanASourceIsRefused() throws IOException {
        file("protocol/src/main/java/Frame.java", BUILT.plusSeconds(60));
        assertThatThrownBy(this::found)
                .isInstanceOf(StackException.class)
                .hasMessageStartingWith("The native binary of message-service is older than its sources");
    }
}
