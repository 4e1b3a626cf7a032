package dev.dunlin.message.sequencer;

/** A command and what became of it. */
public record Sequenced(CommandRecord record, Outcome outcome) {}
