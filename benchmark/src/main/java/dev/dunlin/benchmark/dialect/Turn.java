package dev.dunlin.benchmark.dialect;

/**
 * One question of a client while it gets ready, and the answer that it waits for.
 *
 * @param say the text to send; empty to send nothing and only wait
 * @param awaited a part of the answer; empty if there is none
 * @param refused a part of an answer after which the client asks again; empty if there is none
 */
public record Turn(String say, String awaited, String refused) {
    /** A question that is answered or fails. */
    public static Turn of(String say, String awaited) {
        return new Turn(say, awaited, "");
    }

    /** Whether a text of the server is the answer. */
    public boolean isAnsweredBy(String text) {
        return awaited.isEmpty() || text.contains(awaited);
    }

    /** Whether the client has to ask again. */
    public boolean isRefusedBy(String text) {
        return !refused.isEmpty() && text.contains(refused);
    }
}
