package dev.dunlin.push.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.dunlin.protocol.ChannelName;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;

/**
 * What stands for a channel where a provider needs only to know that two notifications belong
 * together: 32 characters of base64url, the same in every process and for ever.
 */
public final class ChannelHash {
    private static final int BYTES = 24;

    private ChannelHash() {}

    /** The hash of a channel's name. */
    public static String of(ChannelName channel) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(channel.value().getBytes(UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
