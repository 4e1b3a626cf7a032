package dev.dunlin.push.delivery.webpush;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.push.device.ServerKeys.ServerKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The VAPID keys and their files. */
class VapidKeysIT {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);
    private final Map<String, Instant> written = new HashMap<>();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void theLastNameIsTheNewestKeyAndTheSingleFileTheOldest() throws Exception {
        Path single = write("elsewhere.key");
        write("a.pem");
        write("2026-11.pem");
        write("2026-02.pem");
        write("not-a-key.txt");

        VapidKeys keys = keys(Optional.of(single));

        assertThat(keys.newest().map(ServerKey::id)).contains("a");
        assertThat(written.keySet()).containsExactlyInAnyOrder("default", "2026-02", "2026-11", "a");
        assertThat(written.get("a"))
                .isEqualTo(Files.getLastModifiedTime(directory.resolve("a.pem")).toInstant());
        Files.delete(directory.resolve("a.pem"));
        Files.delete(directory.resolve("2026-11.pem"));
        Files.delete(directory.resolve("2026-02.pem"));
        later(10);
        assertThat(keys.newest().map(ServerKey::id)).contains("default");
    }

    @Test
    void aKeyIsFoundByItsIdAndByItsPublicKeyWithAndWithoutPadding() throws Exception {
        write("one.pem");
        write("two.pem");
        VapidKeys keys = keys(Optional.empty());
        ServerKey newest = keys.newest().orElseThrow();
        assertThat(newest.id()).isEqualTo("two");
        assertThat(keys.idOf(newest.publicKey())).contains("two");
        assertThat(keys.idOf(newest.publicKey() + "=")).contains("two");
        assertThat(keys.find("two").map(Vapid::publicKey)).contains(newest.publicKey());
        assertThat(keys.find("one").map(Vapid::publicKey)).isPresent().isNotEqualTo(Optional.of(newest.publicKey()));
        assertThat(keys.find("three")).isEmpty();
        assertThat(keys.idOf("")).isEmpty();
    }

    @Test
    void changesAreSeenAfterTenSecondsAndOtherKeysKeepTheirTokens() throws Exception {
        write("one.pem");
        VapidKeys keys = keys(Optional.empty());
        Vapid one = keys.find("one").orElseThrow();

        write("two.pem");
        later(9);
        assertThat(keys.find("two")).isEmpty();
        later(1);

        assertThat(keys.newest().map(ServerKey::id)).contains("two");
        assertThat(keys.find("one")).contains(one);
        assertThat(written.keySet()).containsExactlyInAnyOrder("one", "two");

        Files.delete(directory.resolve("one.pem"));
        later(10);
        assertThat(keys.find("one")).isEmpty();
        assertThat(written.keySet()).containsExactly("two");
    }

    @Test
    void aFileThatIsReplacedIsAnotherKey() throws Exception {
        write("one.pem");
        VapidKeys keys = keys(Optional.empty());
        String before = keys.newest().orElseThrow().publicKey();
        Path other = write("other.tmp");
        Files.move(other, directory.resolve("one.pem"), StandardCopyOption.REPLACE_EXISTING);
        later(10);
        assertThat(keys.newest().orElseThrow().publicKey()).isNotEqualTo(before);
        assertThat(keys.idOf(before)).isEmpty();
    }

    @Test
    void aFileThatBecomesBadIsPassedOverAndTheKeyItHadStays() throws Exception {
        write("one.pem");
        VapidKeys keys = keys(Optional.empty());
        Vapid one = keys.find("one").orElseThrow();

        Files.writeString(directory.resolve("one.pem"), "half a key");
        Files.writeString(directory.resolve("two.pem"), "no key");
        Files.writeString(directory.resolve("with space.pem"), Pems.of(Pems.newKeyPair()));
        write("three.pem");
        later(10);

        assertThat(keys.find("one")).contains(one);
        assertThat(keys.find("three")).isPresent();
        assertThat(keys.find("two")).isEmpty();
        assertThat(keys.find("with space")).isEmpty();
    }

    @Test
    void aDirectoryThatIsGoneForAWhileTakesNoKeyWithIt() throws Exception {
        Path mounted = Files.createDirectory(directory.resolve("mounted"));
        Files.writeString(mounted.resolve("one.pem"), Pems.of(Pems.newKeyPair()));
        VapidFiles files = new VapidFiles(Optional.empty(), Optional.of(mounted));
        VapidKeys keys = new VapidKeys(files, files.read(), "mailto:a@b.c", clock, _ -> {});

        Files.move(mounted, directory.resolve("unmounted"));
        later(10);
        assertThat(keys.newest().map(ServerKey::id)).contains("one");
    }

    @Test
    void whatIsWrongWithAFileIsReadWithItsName() throws Exception {
        Path bad = Files.writeString(directory.resolve("bad.pem"), "no key");
        VapidFiles.Content content = new VapidFiles(Optional.empty(), Optional.of(directory)).read();
        assertThat(content.keys()).isEmpty();
        assertThat(content.faults())
                .isEqualTo(Map.of("bad", new VapidFiles.Fault(bad, "not one PEM block BEGIN PRIVATE KEY (PKCS #8)")));
        Path none = directory.resolve("none");
        assertThat(new VapidFiles(Optional.of(none), Optional.of(none))
                        .read()
                        .faults()
                        .values())
                .extracting(VapidFiles.Fault::reason)
                .containsExactlyInAnyOrder("cannot be read: NoSuchFileException", "not a directory that can be listed");
    }

    @Test
    void withoutFilesThereIsNoKey() {
        VapidFiles files = new VapidFiles(Optional.empty(), Optional.empty());
        assertThat(new VapidKeys(files, files.read(), "", clock, _ -> {}).newest())
                .isEmpty();
    }

    private VapidKeys keys(Optional<Path> single) {
        VapidFiles files = new VapidFiles(single, Optional.of(directory));
        return new VapidKeys(files, files.read(), "mailto:ops@dunlin.example", clock, times -> {
            written.clear();
            written.putAll(times);
        });
    }

    private Path write(String name) throws IOException, GeneralSecurityException {
        return Files.writeString(directory.resolve(name), Pems.of(Pems.newKeyPair()));
    }

    private void later(int seconds) {
        now.updateAndGet(time -> time.plusSeconds(seconds));
    }
}
