package dev.dunlin.protocol;

/** A value that is one string on the wire. */
public interface TextValue {
    String value();
}
