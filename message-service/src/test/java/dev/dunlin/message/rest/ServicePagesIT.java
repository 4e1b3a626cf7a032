package dev.dunlin.message.rest;

import static dev.dunlin.message.rest.RestFixture.assertProblem;
import static dev.dunlin.message.rest.RestFixture.management;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.dunlin.engines.testing.EnginesTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How much services are given in one answer. */
@QuarkusTest
@QuarkusTestResource(value = EnginesTestResource.class, initArgs = @ResourceArg(name = "database", value = "message"))
class ServicePagesIT {
    private final RestFixture rest = new RestFixture();

    @Test
    void asManyChannelsOfAUserAreListedAsAreAskedFor() {
        String path = "/internal/users/" + rest.eve + "/channels";
        for (String name : List.of("a", "b", "c")) {
            rest.publish(rest.eve, "dm:" + rest.eve + ":" + rest.eve + name, name, "1")
                    .then()
                    .statusCode(201);
        }

        rest.asService()
                .get(management(path + "?limit=2"))
                .then()
                .statusCode(200)
                .body("channels", hasSize(2))
                .body("more", equalTo(true));
        for (String limit : List.of("", "?limit=3", "?limit=10000", "?limit=10001")) {
            rest.asService()
                    .get(management(path + limit))
                    .then()
                    .statusCode(200)
                    .body("channels", hasSize(3))
                    .body("more", equalTo(false));
        }
        for (String limit : List.of("0", "-1", "many")) {
            assertProblem(rest.asService().get(management(path + "?limit=" + limit)), 400, "bad_request", "limit: ");
        }
    }

    @Test
    void aPageOfMembersForServicesHasUpToAThousand() {
        List<String> members = IntStream.range(0, 300)
                .mapToObj(i -> "m" + i + "-" + rest.suffix)
                .toList();
        rest.asServer()
                .body(Map.of("channel", rest.group, "members", members))
                .post("/v1/channels")
                .then()
                .statusCode(201);

        rest.asService()
                .get(management("/internal/channels/" + rest.group + "/members?limit=1000"))
                .then()
                .statusCode(200)
                .body("members.user.findAll { it.startsWith('m') }", hasSize(300))
                .body("next", nullValue());
    }
}
