package dev.dunlin.push;

import dev.dunlin.rules.ServiceRules;

class RulesTest extends ServiceRules {
    RulesTest() {
        super("push");
    }
}
