package dev.dunlin.message.sequencer;

/** A command and its outcome. */
public record Sequenced(CommandRecord record, Outcome outcome) {}
