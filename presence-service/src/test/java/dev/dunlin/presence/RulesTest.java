package dev.dunlin.presence;

import dev.dunlin.rules.ServiceRules;

class RulesTest extends ServiceRules {
    RulesTest() {
        super("presence");
    }
}
