package dev.dunlin.push.delivery.webpush;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dunlin.push.device.P256;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class VapidKeyTest {
    @Test
    void thePublicKeyIsFoundFromThePrivateOne() throws GeneralSecurityException {
        for (int i = 0; i < 20; i++) {
            KeyPair pair = Pems.newKeyPair();
            assertThat(VapidKey.ofPem(Pems.of(pair)).publicKey())
                    .isEqualTo(Base64.getUrlEncoder().withoutPadding().encodeToString(P256.bytes((ECPublicKey)
                            pair.getPublic())));
        }
    }

    @Test
    void otherKeysAndOtherFilesAreRefused() throws GeneralSecurityException {
        String pem256 = Pems.of(Pems.newKeyPair());
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(1024);
        KeyPairGenerator p384 = KeyPairGenerator.getInstance("EC");
        p384.initialize(new ECGenParameterSpec("secp384r1"));
        for (String pem : new String[] {
            "",
            "hello",
            pem256 + pem256,
            pem256.replace("PRIVATE", "EC PRIVATE"),
            "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
            Pems.of(rsa.generateKeyPair()),
            Pems.of(p384.generateKeyPair())
        }) {
            assertThatThrownBy(() -> VapidKey.ofPem(pem))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("not ");
        }
    }
}
