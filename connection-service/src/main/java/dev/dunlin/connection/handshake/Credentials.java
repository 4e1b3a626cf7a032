package dev.dunlin.connection.handshake;

/** What a client shows at the handshake. Its text is in no log. */
public sealed interface Credentials {
    record Token(String value) implements Credentials {
        @Override
        public String toString() {
            return "Token[withheld]";
        }
    }

    record Ticket(String value) implements Credentials {
        @Override
        public String toString() {
            return "Ticket[withheld]";
        }
    }

    /** A browser's cookie that another site's page made it send. */
    record ForeignCookie() implements Credentials {}

    record None() implements Credentials {}
}
