package dev.dunlin.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The name of a channel, {@code namespace:name}. Throws {@link IllegalArgumentException} if the
 * text breaks the rule.
 */
public record ChannelName(@JsonValue String value) implements TextValue {
    private static final Alphabet OF_NAMESPACES = Alphabet.lettersDigitsAnd("_.@-", 128);
    private static final Alphabet ALLOWED = Alphabet.lettersDigitsAnd("_.@-:", 128);
    /** The namespace of direct channels, of two users each. */
    public static final String DIRECT = "dm";

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ChannelName {
        if (value == null || !isAllowed(value)) {
            throw new IllegalArgumentException("must be namespace:name, 1 to 128 characters of [A-Za-z0-9_.:@-]");
        }
        if (value.startsWith(DIRECT + ":")) {
            directMembers(value);
        }
    }

    private static boolean isAllowed(String value) {
        int colon = value.indexOf(':');
        return colon > 0
                && colon < value.length() - 1
                && ALLOWED.allows(value)
                && OF_NAMESPACES.allows(value, 0, colon);
    }

    /** The part before the first colon, which selects the channel's policy. */
    public String namespace() {
        return value.substring(0, value.indexOf(':'));
    }

    /** The two users of a {@code dm:} channel in byte order; empty for any other namespace. */
    public List<UserId> directMembers() {
        return namespace().equals(DIRECT) ? directMembers(value) : List.of();
    }

    /**
     * The direct channel of two users; empty if both are the same, or the name would be too long.
     */
    public static Optional<ChannelName> direct(UserId one, UserId other) {
        int order = one.value().compareTo(other.value());
        String first = order < 0 ? one.value() : other.value();
        String second = order < 0 ? other.value() : one.value();
        String name = DIRECT + ":" + first + ":" + second;
        return order == 0 || name.length() > 128 ? Optional.empty() : Optional.of(new ChannelName(name));
    }

    /**
     * Maps the direct channel of a user with each of the others to that other. Others with whom it
     * can have none are left out.
     */
    public static Map<ChannelName, UserId> directs(UserId user, Collection<UserId> others) {
        Map<ChannelName, UserId> directs = new HashMap<>();
        others.forEach(other -> direct(user, other).ifPresent(channel -> directs.put(channel, other)));
        return directs;
    }

    private static List<UserId> directMembers(String value) {
        String[] parts = value.split(":", -1);
        if (parts.length != 3 || parts[1].isEmpty() || parts[1].compareTo(parts[2]) >= 0) {
            throw new IllegalArgumentException("must be dm:userA:userB with two different users in byte order");
        }
        return List.of(new UserId(parts[1]), new UserId(parts[2]));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ChannelName that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return value;
    }
}
