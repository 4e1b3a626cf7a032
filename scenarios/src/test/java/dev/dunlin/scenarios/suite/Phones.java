package dev.dunlin.scenarios.suite;

import dev.dunlin.engines.testing.FcmEndpoint;
import dev.dunlin.engines.testing.apns.ApnsEndpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/**
 * FCM and APNs with the phones that have the app, and the keys that push-service has for them.
 * Thread-safe.
 */
public final class Phones implements AutoCloseable {
    /** The id of the app. */
    public static final String APP = "com.example.chat";

    private final Path directory;
    private final FcmEndpoint fcm;
    private final ApnsEndpoint apns;
    private final Path account;
    private final Path apnsKey;

    private Phones(Path directory, FcmEndpoint fcm, ApnsEndpoint apns) {
        this.directory = directory;
        this.fcm = fcm;
        this.apns = apns;
        this.account = directory.resolve("account.json");
        this.apnsKey = directory.resolve("apns-key.p8");
    }

    /** Starts both; their keys and certificates are in the directory. */
    public static Phones start(Path directory) throws IOException {
        Path ofFcm = Files.createDirectory(directory.resolve("fcm"));
        Path ofApns = Files.createDirectory(directory.resolve("apns"));
        Phones phones = new Phones(directory, FcmEndpoint.start(ofFcm), ApnsEndpoint.start(ofApns));
        var unused = phones.fcm.account(phones.account);
        phones.useKey("ABCDE12345");
        return phones;
    }

    /**
     * Makes a key for APNs, and lets the link that push-service reads lead to it.
     *
     * @param id 10 capital letters and digits
     */
    public void useKey(String id) throws IOException {
        Path file = directory.resolve("AuthKey_" + id + ".p8");
        var unused = apns.key(file, id, APP);
        Path link = Files.createSymbolicLink(directory.resolve("link-" + id), file);
        Files.move(link, apnsKey, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The environment of a push-service that sends to them. */
    public Map<String, String> environment() {
        return Map.of(
                "DUNLIN_PUSH_FCM_SERVICE_ACCOUNT_FILE",
                account.toString(),
                "DUNLIN_PUSH_FCM_HOST",
                fcm.host(),
                "DUNLIN_PUSH_FCM_TRUST_FILE",
                fcm.certificate().certificate().toString(),
                "DUNLIN_PUSH_APNS_KEY_FILE",
                apnsKey.toString(),
                "DUNLIN_PUSH_APNS_TEAM_ID",
                ApnsEndpoint.TEAM,
                "DUNLIN_PUSH_APNS_HOST",
                apns.host(),
                "DUNLIN_PUSH_APNS_TRUST_FILE",
                apns.certificate().certificate().toString());
    }

    public FcmEndpoint fcm() {
        return fcm;
    }

    public ApnsEndpoint apns() {
        return apns;
    }

    @Override
    public void close() {
        fcm.close();
        apns.close();
    }
}
