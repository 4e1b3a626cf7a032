package dev.dunlin.edge;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.kafka.ChannelCommand.Grant;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * What a token grants beyond membership: scope {@code server}, and the claim {@code channels},
 * {@code docs/protocol.md} section 3. The channel of a grant is a name, or a prefix that ends in
 * {@code *}. Entries that cannot be read grant nothing.
 */
public record TokenGrants(boolean server, List<ChannelGrant> channels) {
    /** Nothing beyond membership, as nearly all tokens say; one object for all of them. */
    private static final TokenGrants NONE = new TokenGrants(false, List.of());

    /** What a grant may allow. */
    public enum Action {
        SUBSCRIBE,
        PUBLISH
    }

    /** One entry of the claim. */
    public record ChannelGrant(String pattern, List<String> can) {
        boolean allows(ChannelName channel, Action action) {
            boolean named = pattern.endsWith("*")
                    ? channel.value().startsWith(pattern.substring(0, pattern.length() - 1))
                    : channel.value().equals(pattern);
            return named && can.contains(action.name().toLowerCase(Locale.ROOT));
        }
    }

    /** Reads the grants of a verified token. */
    public static TokenGrants of(JsonWebToken token) {
        List<ChannelGrant> channels = new ArrayList<>();
        if (token.getClaim("channels") instanceof JsonArray entries) {
            for (JsonValue entry : entries) {
                if (entry instanceof JsonObject grant
                        && grant.get("channel") instanceof JsonString channel
                        && grant.get("can") instanceof JsonArray can) {
                    channels.add(new ChannelGrant(channel.getString(), strings(can)));
                }
            }
        }
        boolean server = TokenScopes.isServer(token);
        return server || !channels.isEmpty() ? new TokenGrants(server, List.copyOf(channels)) : NONE;
    }

    /** Whether an action is granted without membership. */
    public boolean allow(ChannelName channel, Action action) {
        return server || channels.stream().anyMatch(grant -> grant.allows(channel, action));
    }

    /** The grant to put on a command for this channel. */
    public Grant grant(ChannelName channel) {
        return server ? Grant.SERVER : allow(channel, Action.PUBLISH) ? Grant.PUBLISH : Grant.NONE;
    }

    private static List<String> strings(JsonArray array) {
        return array.stream()
                .filter(JsonString.class::isInstance)
                .map(value -> ((JsonString) value).getString())
                .toList();
    }
}
