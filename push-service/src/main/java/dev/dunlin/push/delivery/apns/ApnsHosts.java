package dev.dunlin.push.delivery.apns;

import dev.dunlin.push.device.Target.Apns.Environment;
import java.net.URI;

/**
 * Apple's servers, each as {@code host} or {@code host:port}.
 *
 * @param production for apps from the store and TestFlight
 * @param sandbox for apps from Xcode
 */
public record ApnsHosts(String production, String sandbox) {
    URI device(Environment environment, String token) {
        String host = environment == Environment.PRODUCTION ? production : sandbox;
        return URI.create("https://" + host + "/3/device/" + token);
    }
}
