package dev.dunlin.push.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dunlin.push.delivery.webpush.Pems;
import java.security.GeneralSecurityException;
import java.security.interfaces.ECPublicKey;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class SubscriptionKeysTest {
    private static final String AUTH = base64(new byte[16]);

    @Test
    void aPointComesBackAsItWasGiven() throws GeneralSecurityException {
        for (int i = 0; i < 50; i++) {
            String point = base64(P256.bytes((ECPublicKey) Pems.newKeyPair().getPublic()));
            assertThat(base64(new SubscriptionKeys(point, AUTH).publicKey())).isEqualTo(point);
        }
    }

    @Test
    void aPointBesideTheCurveIsRefused() throws GeneralSecurityException {
        byte[] point = P256.bytes((ECPublicKey) Pems.newKeyPair().getPublic());
        point[64] ^= 1;
        assertThatThrownBy(() -> new SubscriptionKeys(base64(point), AUTH)).hasMessageStartingWith("p256dh: must be");
    }

    @Test
    void keysOfAnotherLengthAreRefused() throws GeneralSecurityException {
        String point = base64(P256.bytes((ECPublicKey) Pems.newKeyPair().getPublic()));
        assertThatThrownBy(() -> new SubscriptionKeys(base64(new byte[65]), AUTH))
                .hasMessageStartingWith("p256dh:");
        assertThatThrownBy(() -> new SubscriptionKeys(point, base64(new byte[15])))
                .hasMessageStartingWith("auth:");
        assertThatThrownBy(() -> new SubscriptionKeys(point, "?")).hasMessageStartingWith("auth: must be base64url");
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
