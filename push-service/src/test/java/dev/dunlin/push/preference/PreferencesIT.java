package dev.dunlin.push.preference;

import static dev.dunlin.push.world.World.as;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.dunlin.engines.testing.EnginesTestResource;
import dev.dunlin.push.world.WorldResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(value = EnginesTestResource.class, initArgs = @ResourceArg(name = "database", value = "push"))
@WithTestResource(WorldResource.class)
class PreferencesIT {
    private static final String ALL = "/v1/push/preferences";
    private static final String ONE = ALL + "/channels/";

    @Test
    void whatWasPutIsRead() {
        as("chooser").get(ALL).then().statusCode(200).body("$", equalTo(java.util.Map.of()));
        String wanted = """
                {"push":"mentions","muted":4102444800000,"quietHours":{"from":"22:00","to":"07:00","zone":"Europe/Berlin","then":"drop"},"preview":"sender","sound":"bell.caf","badge":false,"channels":{"group:a":{"push":"all","muted":true,"preview":"id","sound":"none"}}}""";
        as("chooser").body(wanted).put(ALL).then().statusCode(200).body(equalTo(wanted));
        as("chooser").get(ALL).then().body(equalTo(wanted));
        as("other").get(ALL).then().body("$", equalTo(java.util.Map.of()));
        as("chooser").body("{}").put(ALL).then().statusCode(200);
        as("chooser").get(ALL).then().body("$", equalTo(java.util.Map.of()));
    }

    @Test
    void oneChannelIsChangedByItself() {
        as("single").body("{\"push\":\"none\"}").put(ALL).then().statusCode(200);
        as("single").body("{\"push\":\"all\"}").put(ONE + "group:a").then().statusCode(200);
        as("single").body("{\"muted\":true}").put(ONE + "group:b").then().statusCode(200);
        as("single").delete(ONE + "group:a").then().statusCode(200);
        as("single").delete(ONE + "group:never").then().statusCode(200);
        as("single").get(ALL).then().body(equalTo("{\"push\":\"none\",\"channels\":{\"group:b\":{\"muted\":true}}}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'push':'some'} | push",
                "{'push':1} | push",
                "{'muted':'later'} | muted",
                "{'muted':false} | muted",
                "{'quietHours':{'from':'22:00','to':'07:00'}} | zone",
                "{'quietHours':{'from':'25:00','to':'07:00','zone':'UTC'}} | from",
                "{'quietHours':{'from':'22:00','to':'22:00','zone':'UTC'}} | quietHours",
                "{'quietHours':{'from':'22:00','to':'07:00','zone':'UTC','then':'maybe'}} | then",
                "{'preview':'half'} | preview",
                "{'sound':'a b'} | must be default, none",
                "{'sound':7} | sound",
                "{'badge':'yes'} | badge",
                "{'channels':{'nocolon':{}}} | channels",
                "{'channels':[]} | channels",
                "[] | ",
                "null | body",
                "{'push' | JSON"
            })
    void whatIsWrongIsNamed(String body, String named) {
        as("wrong")
                .body(body.replace('\'', '"'))
                .put(ALL)
                .then()
                .statusCode(400)
                .body("detail", containsString(named == null ? "" : named));
    }

    @Test
    void aUserHasWishesForSoManyChannels() {
        String many = IntStream.range(0, 1000)
                .mapToObj(i -> "\"group:c" + i + "\":{\"push\":\"none\"}")
                .collect(Collectors.joining(",", "{\"channels\":{", "}}"));
        as("many").body(many).put(ALL).then().statusCode(200);
        as("many")
                .body("{\"push\":\"none\"}")
                .put(ONE + "group:one-more")
                .then()
                .statusCode(400)
                .body("detail", containsString("channels: must be at most 1000"));
        as("many").body("{\"push\":\"all\"}").put(ONE + "group:c1").then().statusCode(200);
    }

    @Test
    void nobodyChangesThemWithoutATokenOrForABadName() {
        given().get(ALL).then().statusCode(401);
        as("single").body("{}").put(ONE + "nocolon").then().statusCode(400);
        as("single").body("").put(ONE + "group:a").then().statusCode(400);
    }
}
