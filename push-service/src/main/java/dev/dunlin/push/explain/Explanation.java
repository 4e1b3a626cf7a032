package dev.dunlin.push.explain;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import dev.dunlin.push.device.DeviceId;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Why a user was notified of a message, or was not.
 *
 * @param decision what was decided when the message came: {@code notify}, or why not, or why not
 *     yet, docs/push.md
 * @param decidedAt in milliseconds since 1970
 */
@Schema(name = "PushExplanation")
public record Explanation(
        UserId user, ChannelName channel, long seq, String decision, long decidedAt, List<OfDevice> devices) {
    /**
     * What became of it on a device.
     *
     * @param state {@code shown}: the provider accepted it, or a later one of the channel that
     *     counts it; {@code waiting}; {@code ended}: it is not sent; {@code none}: nothing was to
     *     be sent
     * @param reason why it ended
     * @param due when it is sent or decided again, in milliseconds since 1970
     * @param attempts how often it was tried
     * @param error why the last attempt failed
     * @param disabled why nothing is sent to the device
     */
    @Schema(name = "PushExplanationOfDevice")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record OfDevice(
            DeviceId device,
            String kind,
            String state,
            @Nullable String reason,
            @Nullable Long due,
            @Nullable Integer attempts,
            @Nullable String error,
            @Nullable String disabled) {}
}
