package dev.dunlin.edge;

import dev.dunlin.rules.NativeRules;

class RulesTest extends NativeRules {
    RulesTest() {
        super("dev.dunlin.edge");
    }
}
