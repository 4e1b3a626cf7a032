package dev.dunlin.push.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Validates the settings of APNs and FCM. What is wrong stops the start with one line. */
final class GatewayCheck {
    private static final String ID = "[A-Z0-9]{10}";
    private static final String HOST = "[A-Za-z0-9.-]{1,255}(:[0-9]{1,5})?";

    private static final String SERVICE = "(\\*\\.)?[A-Za-z0-9.-]{1,255}";

    private GatewayCheck() {}

    static void check(PushConfig.Apns apns) {
        String team = apns.teamId().orElse("");
        ConfigCheck.require(team.matches(ID), "apns.team-id", team, "10 capital letters and digits");
        apns.keyId()
                .ifPresent(id -> ConfigCheck.require(
                        id.matches(ID), "apns.key-id", id, "10 capital letters and digits, or nothing"));
        for (String topic : apns.topics().orElse(Set.of())) {
            ConfigCheck.require(
                    topic.matches("[A-Za-z0-9.-]{1,255}"),
                    "apns.topics",
                    topic,
                    "ids of apps, such as com.example.chat");
        }
        host("apns.host", apns.host());
        host("apns.sandbox-host", apns.sandboxHost());
        trust("apns.trust-file", apns.trustFile());
    }

    static void check(PushConfig.Fcm fcm) {
        host("fcm.host", fcm.host());
        fcm.androidChannel()
                .ifPresent(id -> ConfigCheck.require(
                        id.length() <= 100, "fcm.android-channel", id, "the id of a notification channel"));
        trust("fcm.trust-file", fcm.trustFile());
    }

    /** In lower case. */
    static Set<String> services(Set<String> hosts) {
        hosts.forEach(host -> ConfigCheck.require(
                host.matches(SERVICE), "providers.services", host, "names of hosts, with *. at the start or without"));
        return hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    }

    private static void host(String key, String value) {
        ConfigCheck.require(value.matches(HOST), key, value, "a host name, with a port if it is not 443");
    }

    private static void trust(String key, Optional<Path> file) {
        if (file.isEmpty()) {
            return;
        }
        try (InputStream bytes = Files.newInputStream(file.get())) {
            boolean some = !CertificateFactory.getInstance("X.509")
                    .generateCertificates(bytes)
                    .isEmpty();
            ConfigCheck.require(some, key, file.get(), "a PEM file with certificates");
        } catch (IOException | CertificateException e) {
            throw ConfigCheck.refuse(key, file.get(), "a readable PEM file with certificates: " + e.getMessage());
        }
    }
}
