package dev.dunlin.push.schedule;

import dev.dunlin.push.Unreachable;
import dev.dunlin.push.channel.Unreads;
import dev.dunlin.push.device.Device;
import dev.dunlin.push.device.Target;
import dev.dunlin.push.preference.Preferences;
import dev.dunlin.push.schedule.Pending.Claimed;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The numbers that devices show on the icon of the app, for those who want one. Blocks. */
final class Badges {
    private static final Logger LOG = Logger.getLogger(Badges.class);

    private final Unreads unreads;

    Badges(Unreads unreads) {
        this.unreads = unreads;
    }

    /**
     * The numbers for one notification; empty if its user wants none.
     *
     * @param all the unread events of all channels
     * @param channel those of the notification's channel
     */
    record Badge(OptionalLong all, OptionalLong channel) {
        static final Badge NONE = new Badge(OptionalLong.empty(), OptionalLong.empty());
    }

    /** Of each row whose user wants one; none while message-service does not answer. */
    Map<Claimed, Badge> of(List<Claimed> rows) {
        List<Claimed> wanting = rows.stream()
                .filter(row -> wants(row.device(), row.preferences()))
                .toList();
        Map<Claimed, Badge> badges = HashMap.newHashMap(wanting.size());
        if (wanting.isEmpty()) {
            return badges;
        }
        try {
            Map<Unreads.Place, Unreads.Unread> unread = unreads.unread(
                    wanting.stream().map(Badges::place).distinct().toList());
            for (Claimed row : wanting) {
                Unreads.Unread found = unread.get(place(row));
                if (found != null) {
                    badges.put(row, new Badge(OptionalLong.of(found.all()), OptionalLong.of(found.channel())));
                }
            }
        } catch (Unreachable e) {
            LOG.debug("notifications are sent without a badge", e);
        }
        return badges;
    }

    private static Unreads.Place place(Claimed row) {
        return new Unreads.Place(row.device().user(), row.channel());
    }

    /** By the device, or else the user, or else the kind: phones have icons with numbers. */
    private static boolean wants(Device device, Preferences preferences) {
        @Nullable Boolean ofDevice = device.prefs().badge();
        if (ofDevice != null) {
            return ofDevice;
        }
        @Nullable Boolean ofUser = preferences.badge();
        return ofUser != null
                ? ofUser
                : device.target() instanceof Target.Apns || device.target() instanceof Target.Fcm;
    }
}
