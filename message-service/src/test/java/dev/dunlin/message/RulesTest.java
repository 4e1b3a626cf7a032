package dev.dunlin.message;

import dev.dunlin.rules.ServiceRules;

class RulesTest extends ServiceRules {
    RulesTest() {
        super("message");
    }
}
