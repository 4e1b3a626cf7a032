package dev.dunlin.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The rules for a module that becomes part of a native image. */
public abstract class NativeRules extends ModuleRules {
    /** @param root the package that all classes of the module are in */
    protected NativeRules(String root) {
        super(root);
    }

    @Test
    public void recordsThatAreKeysHaveAnEqualsWrittenByHand() {
        assertThat(KeyRecords.comparedByJavac(ownClasses())).isEmpty();
    }
}
