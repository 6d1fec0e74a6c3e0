package io.barnabas.wiregenerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SchemaMergerTest {
    private static Schema schema(String validVersions, String fields) throws IOException {
        return schema(validVersions, fields, "");
    }

    private static Schema schema(String validVersions, String fields, String more) throws IOException {
        String json = ("{ 'apiKey': 1, 'type': 'request', 'name': 'ThingRequest', // a comment\n"
                        + "'validVersions': '" + validVersions + "', 'flexibleVersions': '3+', " + more + "'fields': ["
                        + fields + "] }")
                .replace('\'', '"');
        return SchemaReader.read(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String field(String name, String type, String versions) {
        return "{ 'name': '" + name + "', 'type': '" + type + "', 'versions': '" + versions + "' }";
    }

    private static String order(Schema schema) {
        return schema.body().fields().stream()
                .map(field -> field.name() + " " + field.versions())
                .collect(Collectors.joining("; "));
    }

    @Test
    void theNewerDescribesWhatItHasAndTheOlderTheRest() throws IOException {
        Schema newer = schema("2-4", field("A", "int32", "0+") + "," + field("C", "int32", "4+"));
        Schema older = schema(
                "0-3", field("A", "int32", "0+") + "," + field("B", "int8", "0-1") + "," + field("D", "int8", "3"));
        Schema merged = SchemaMerger.merge(newer, older);
        assertThat(merged.valid()).hasToString("0-4");
        assertThat(merged.flexible()).hasToString("3-4");
        // D was the older's word on version 3, which the newer describes.
        assertThat(order(merged)).isEqualTo("A 0-4; B 0-1; C 4");
    }

    @Test
    void fieldsOfOneSideKeepTheirPlaceBetweenTheCommonOnes() throws IOException {
        Schema newer = schema(
                "1-2", field("A", "int32", "0+") + "," + field("New", "int8", "2") + "," + field("Z", "int32", "0+"));
        Schema older = schema(
                "0-1",
                field("First", "int8", "0") + "," + field("A", "int32", "0+") + "," + field("Old", "int8", "0") + ","
                        + field("Z", "int32", "0+") + "," + field("Last", "int8", "0"));
        assertThat(order(SchemaMerger.merge(newer, older))).isEqualTo("First 0; A 0-2; Old 0; New 2; Z 0-2; Last 0");
    }

    @Test
    void anUnstableVersionOfTheOlderIsLeftOut() throws IOException {
        Schema newer = schema("1", field("A", "int32", "0+"));
        Schema older = schema("0", field("A", "int32", "0+"), "'latestVersionUnstable': true, ");
        assertThat(SchemaMerger.merge(newer, older).valid()).hasToString("1");
        assertThat(SchemaMerger.merge(null, older)).isNull();
    }

    @Test
    void oneSideAloneIsTakenWhole() throws IOException {
        Schema older = schema("0-3", field("A", "int32", "0+"));
        assertThat(order(SchemaMerger.merge(schema("none", ""), older))).isEqualTo("A 0-3");
        assertThat(order(SchemaMerger.merge(older, null))).isEqualTo("A 0-3");
    }

    @Test
    void renamesAndOrdersMayDifferWhereTheOlderHasNothingToSay() throws IOException {
        Schema newer = schema(
                "0-3", field("B", "[]Long", "0+").replace("}", ", 'fields': [] }") + "," + field("A", "int8", "0+"));
        Schema older = schema("0-2", field("A", "int8", "0+") + "," + field("B", "int16", "0+"));
        assertThat(order(SchemaMerger.merge(newer, older))).isEqualTo("B 0-3; A 0-3");
    }

    @Test
    void contradictionsEndTheBuild() throws IOException {
        Schema newer = schema("1", field("A", "int32", "0+") + "," + field("B", "int32", "0+"));
        Schema swapped = schema("0", field("B", "int32", "0+") + "," + field("A", "int32", "0+"));
        assertThatThrownBy(() -> SchemaMerger.merge(newer, swapped)).hasMessageContaining("contradict");
        Schema retyped = schema("0", field("A", "int64", "0+") + "," + field("B", "int32", "0+"));
        assertThatThrownBy(() -> SchemaMerger.merge(newer, retyped)).hasMessageContaining("two types");
    }
}
