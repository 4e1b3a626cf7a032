package dev.dunlin.examples.chat;

import dev.dunlin.rules.ModuleRules;

class RulesTest extends ModuleRules {
    RulesTest() {
        super("dev.dunlin.examples.chat");
    }
}
