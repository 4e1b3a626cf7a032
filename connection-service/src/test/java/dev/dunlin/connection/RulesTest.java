package dev.dunlin.connection;

import dev.dunlin.rules.ServiceRules;

class RulesTest extends ServiceRules {
    RulesTest() {
        super("connection");
    }
}
