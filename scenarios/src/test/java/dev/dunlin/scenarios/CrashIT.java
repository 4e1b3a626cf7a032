package dev.dunlin.scenarios;

import dev.dunlin.scenarios.suite.Names;
import dev.dunlin.scenarios.suite.OnStruckSuite;
import dev.dunlin.scenarios.suite.Suite;
import org.junit.jupiter.api.Test;

@OnStruckSuite
class CrashIT extends Publishing {
    CrashIT(Suite suite, Names names) {
        super(suite, names);
    }

    @Test
    void killingMessageServiceInTheMiddleOfPublishingLosesNothingAndDoublesNothing() {
        publishWhileKilling("message-service");
    }

    @Test
    void killingTheSendersNodeInTheMiddleOfPublishingLosesNothingAndDoublesNothing() {
        publishWhileKilling("connection-1");
    }
}
