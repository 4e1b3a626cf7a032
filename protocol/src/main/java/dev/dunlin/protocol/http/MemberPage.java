package dev.dunlin.protocol.http;

import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.kafka.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of a channel's members. {@code next} is opaque and absent on the last page. */
public record MemberPage(List<Member> members, @Nullable String next) {
    /** {@code since} in milliseconds since 1970. */
    public record Member(UserId user, Role role, long since) {}
}
