package dev.dunlin.push.decision;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Status;
import dev.dunlin.push.device.Prefs;
import dev.dunlin.push.preference.Notify;
import dev.dunlin.push.preference.Preferences;
import dev.dunlin.push.presence.Standing;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DecisionTest {
    private static final UserId BOB = new UserId("bob");
    private static final UserId ALICE = new UserId("alice");
    private static final ChannelName GROUP = new ChannelName("group:eng");
    private static final ChannelName DIRECT = new ChannelName("dm:alice:bob");
    private static final Instant NOW = Instant.parse("2026-01-15T23:00:00Z");
    private static final Duration AWAY_AFTER = Duration.ofMinutes(1);
    private static final Duration AGAIN = Duration.ofSeconds(2);
    private static final Standing OFFLINE = new Standing(Status.OFFLINE, Instant.EPOCH, false);

    private final Decision decision = new Decision(AWAY_AFTER, Duration.ofHours(1), AGAIN);

    /** Facts of a message that notifies, to be changed by a test. */
    private record Case(
            UserId sender,
            ChannelName channel,
            boolean mentioned,
            Notify namespace,
            Preferences preferences,
            Prefs device,
            @Nullable Standing standing,
            @Nullable Content content) {
        static final Case PLAIN = new Case(
                ALICE,
                GROUP,
                false,
                Notify.ALL,
                Preferences.NONE,
                Prefs.NONE,
                OFFLINE,
                new Content.Text(TextNode.valueOf("hi")));

        Case by(UserId user) {
            return new Case(user, channel, mentioned, namespace, preferences, device, standing, content);
        }

        Case in(ChannelName other) {
            return new Case(sender, other, mentioned, namespace, preferences, device, standing, content);
        }

        Case mentioning() {
            return new Case(sender, channel, true, namespace, preferences, device, standing, content);
        }

        Case usually(Notify other) {
            return new Case(sender, channel, mentioned, other, preferences, device, standing, content);
        }

        Case wanting(String json) throws InvalidInput {
            return new Case(
                    sender, channel, mentioned, namespace, read(json, Preferences.class), device, standing, content);
        }

        Case onDevice(String json) throws InvalidInput {
            return new Case(
                    sender, channel, mentioned, namespace, preferences, read(json, Prefs.class), standing, content);
        }

        Case whoIs(@Nullable Standing other) {
            return new Case(sender, channel, mentioned, namespace, preferences, device, other, content);
        }

        Case reading(@Nullable Content other) {
            return new Case(sender, channel, mentioned, namespace, preferences, device, standing, other);
        }

        Facts facts() {
            return new Facts(BOB, sender, channel, mentioned, namespace, preferences, device, standing, content);
        }
    }

    @Test
    void whoIsOfflineIsNotified() {
        assertThat(decide(Case.PLAIN)).isEqualTo(new Verdict.Notify());
        assertThat(decide(Case.PLAIN.whoIs(null))).isEqualTo(new Verdict.Notify());
        assertThat(decide(Case.PLAIN.reading(null))).isEqualTo(new Verdict.Notify());
    }

    @Test
    void nobodyIsNotifiedOfItsOwnMessage() {
        assertThat(decide(Case.PLAIN.by(BOB))).isEqualTo(new Verdict.Drop(Reason.OWN));
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {"DELETED", "NO_ACCESS", "BLOCKED"})
    void whatMayNotBeReadIsNotSent(Reason reason) {
        assertThat(decide(Case.PLAIN.reading(new Content.Unreadable(reason)))).isEqualTo(new Verdict.Drop(reason));
    }

    @Test
    void aNamespaceThatNotifiesNobodyCannotBeOverruled() throws InvalidInput {
        assertThat(decide(Case.PLAIN.usually(Notify.NONE).wanting("{'push':'all'}")))
                .isEqualTo(new Verdict.Drop(Reason.NAMESPACE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ALL | {} | NOTIFY",
                "MENTIONS | {} | NOT_MENTIONED",
                "MENTIONS | {'push':'all'} | NOTIFY",
                "ALL | {'push':'mentions'} | NOT_MENTIONED",
                "ALL | {'push':'none'} | NONE",
                "ALL | {'push':'none','channels':{'group:eng':{'push':'all'}}} | NOTIFY",
                "ALL | {'channels':{'group:eng':{'push':'mentions'}}} | NOT_MENTIONED",
                "ALL | {'channels':{'group:ops':{'push':'none'}}} | NOTIFY",
                "ALL | {'muted':true} | MUTED",
                "ALL | {'muted':1} | NOTIFY",
                "ALL | {'channels':{'group:eng':{'muted':true}}} | MUTED",
                "ALL | {'channels':{'group:eng':{'muted':1}}} | NOTIFY"
            })
    void theChannelsWishCountsBeforeTheUsersAndThatBeforeTheNamespaces(Notify namespace, String wanted, Reason reason)
            throws InvalidInput {
        assertThat(decide(Case.PLAIN.usually(namespace).wanting(wanted)).reason())
                .isEqualTo(reason);
    }

    @Test
    void whoIsMentionedOrWrittenToIsNotifiedWhereMentionsNotify() throws InvalidInput {
        Case mentions = Case.PLAIN.wanting("{'push':'mentions'}");
        assertThat(decide(mentions.mentioning())).isEqualTo(new Verdict.Notify());
        assertThat(decide(mentions.in(DIRECT))).isEqualTo(new Verdict.Notify());
        assertThat(decide(Case.PLAIN.wanting("{'muted':true}").mentioning())).isEqualTo(new Verdict.Drop(Reason.MUTED));
    }

    @Test
    void aDeviceMutesForItselfAlone() throws InvalidInput {
        assertThat(decide(Case.PLAIN.onDevice("{'muted':{'group:eng':true}}")))
                .isEqualTo(new Verdict.Drop(Reason.MUTED));
        assertThat(decide(Case.PLAIN.onDevice("{'muted':{'group:ops':true}}"))).isEqualTo(new Verdict.Notify());
    }

    @Test
    void whoIsThereIsNotNotified() {
        assertThat(decide(Case.PLAIN.whoIs(new Standing(Status.ONLINE, Instant.EPOCH, false))))
                .isEqualTo(new Verdict.Drop(Reason.ONLINE));
    }

    @Test
    void whoIsAwayForLongEnoughIsNotified() {
        assertThat(decide(Case.PLAIN.whoIs(away(NOW.minus(AWAY_AFTER))))).isEqualTo(new Verdict.Notify());
        assertThat(decide(Case.PLAIN.whoIs(away(Instant.EPOCH)))).isEqualTo(new Verdict.Notify());
        Instant since = NOW.minusSeconds(59);
        assertThat(decide(Case.PLAIN.whoIs(away(since))))
                .isEqualTo(new Verdict.Wait(Reason.AWAY_RECENTLY, since.plus(AWAY_AFTER)));
    }

    @Test
    void whoIsPerhapsThereIsAskedForAgain() {
        assertThat(decide(Case.PLAIN.whoIs(Standing.UNKNOWN)))
                .isEqualTo(new Verdict.Wait(Reason.PRESENCE_UNKNOWN, NOW.plus(AGAIN)));
    }

    @ParameterizedTest
    @EnumSource(
            value = Status.class,
            names = {"ONLINE", "AWAY", "OFFLINE"})
    void whoDoesNotWantToBeDisturbedIsNotWhereverItIs(Status status) {
        assertThat(decide(Case.PLAIN.whoIs(new Standing(status, Instant.EPOCH, true))))
                .isEqualTo(new Verdict.Drop(Reason.DND));
    }

    @Test
    void quietHoursOfAUserPostponeOrDrop() throws InvalidInput {
        String night = "{'quietHours':{'from':'22:00','to':'07:00','zone':'UTC'%s}}";
        Instant morning = Instant.parse("2026-01-16T07:00:00Z");
        assertThat(decide(Case.PLAIN.wanting(night.formatted(""))))
                .isEqualTo(new Verdict.Wait(Reason.QUIET_HOURS, morning));
        assertThat(decide(Case.PLAIN.wanting(night.formatted(",'then':'digest'"))))
                .isEqualTo(new Verdict.Wait(Reason.QUIET_HOURS, morning));
        assertThat(decide(Case.PLAIN.wanting(night.formatted(",'then':'drop'"))))
                .isEqualTo(new Verdict.Drop(Reason.QUIET_HOURS));
        assertThat(decision.decide(Case.PLAIN.wanting(night.formatted("")).facts(), morning))
                .isEqualTo(new Verdict.Notify());
    }

    @Test
    void quietHoursOfADeviceDropUnlessItSaysOtherwise() throws InvalidInput {
        String night = "{'quietHours':{'from':'22:00','to':'07:00','zone':'UTC'%s}}";
        assertThat(decide(Case.PLAIN.onDevice(night.formatted("")))).isEqualTo(new Verdict.Drop(Reason.QUIET_HOURS));
        assertThat(decide(Case.PLAIN.onDevice(night.formatted(",'then':'digest'")))
                        .reason())
                .isEqualTo(Reason.QUIET_HOURS);
        String day = "{'quietHours':{'from':'00:00','to':'00:00','zone':'UTC','then':'digest'}}";
        assertThat(decide(Case.PLAIN.onDevice(day))).isEqualTo(new Verdict.Drop(Reason.QUIET_HOURS));
    }

    @Test
    void aMessageIsTooOldAtItsAge() {
        assertThat(decision.isTooOld(NOW.minus(Duration.ofHours(1)), NOW)).isTrue();
        assertThat(decision.isTooOld(NOW.minus(Duration.ofHours(1)).plusMillis(1), NOW))
                .isFalse();
    }

    private Verdict decide(Case facts) {
        return decision.decide(facts.facts(), NOW);
    }

    private static Standing away(Instant since) {
        return new Standing(Status.AWAY, since, false);
    }

    private static <T> T read(String json, Class<T> type) throws InvalidInput {
        return Json.read(json.replace('\'', '"').getBytes(java.nio.charset.StandardCharsets.UTF_8), type);
    }
}
