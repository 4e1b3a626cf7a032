package dev.dunlin.message.sequencer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.protocol.ErrorCode;
import java.util.function.Consumer;

/** Looks at refusals. */
final class Refusals {
    private Refusals() {}

    static Consumer<Outcome> refusedWith(ErrorCode code) {
        return outcome -> assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo(code));
    }
}
