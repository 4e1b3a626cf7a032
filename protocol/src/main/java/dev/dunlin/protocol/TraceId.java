package dev.dunlin.protocol;

import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The id that follows one message through all services: the trace id of W3C Trace Context, 32
 * hexadecimal digits.
 */
public record TraceId(long high, long low) {
    /** The header that carries it over HTTP and Kafka (W3C Trace Context, section 3.2). */
    public static final String HEADER = "traceparent";

    private static final Pattern TRACEPARENT = Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}.*");

    /** A new id. */
    public static TraceId next(RandomGenerator random) {
        return new TraceId(random.nextLong(), random.nextLong() | 1);
    }

    /** Parses a {@code traceparent} header; empty if it is absent or malformed. */
    public static Optional<TraceId> parse(@Nullable String traceparent) {
        if (traceparent == null) {
            return Optional.empty();
        }
        Matcher matcher = TRACEPARENT.matcher(traceparent);
        return matcher.matches() ? Optional.of(ofHex(matcher.group(1))) : Optional.empty();
    }

    private static TraceId ofHex(String digits) {
        return new TraceId(HexFormat.fromHexDigitsToLong(digits, 0, 16), HexFormat.fromHexDigitsToLong(digits, 16, 32));
    }

    /**
     * The {@code traceparent} header with this id. The span id is derived from it, because Dunlin
     * records no spans.
     */
    public String traceparent() {
        return "00-" + this + "-" + HexFormat.of().toHexDigits((low ^ high) | 1) + "-00";
    }

    /** 32 hexadecimal digits, as in the log field {@code traceId}. */
    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }
}
