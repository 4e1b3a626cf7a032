package dev.dunlin.push.delivery.webpush;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dunlin.push.device.P256;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import javax.crypto.KeyAgreement;
import org.junit.jupiter.api.Test;

class SenderKeyTest {
    @Test
    void theJdkAgreesOnTheSameSecret() throws GeneralSecurityException {
        for (int i = 0; i < 200; i++) {
            KeyPair browser = Pems.newKeyPair();
            SenderKey sender = SenderKey.next(new SecureRandom());
            KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
            agreement.init(browser.getPrivate());
            agreement.doPhase(P256.point(sender.publicKey()), true);
            assertThat(sender.agree(P256.bytes((ECPublicKey) browser.getPublic())))
                    .isEqualTo(agreement.generateSecret());
        }
    }

    @Test
    void aPointBesideTheCurveIsRefused() throws GeneralSecurityException {
        byte[] point = P256.bytes((ECPublicKey) Pems.newKeyPair().getPublic());
        point[64] ^= 1;
        SenderKey sender = SenderKey.next(new SecureRandom());
        assertThatThrownBy(() -> sender.agree(point)).isInstanceOf(IllegalArgumentException.class);
    }
}
