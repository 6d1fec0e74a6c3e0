package io.barnabas.wiregenerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerateMessagesTest {
    private static final String SCHEMA = """
            { "type": "data", "name": "Thing", "validVersions": "0-1", "flexibleVersions": "1+", "fields": [
              { "name": "Parts", "type": "[]Part", "versions": "0+", "fields": [
                { "name": "Number", "type": "int32", "versions": "0+" } ] } ] }
            """;

    @TempDir
    Path directory;

    @BeforeEach
    void writeSchemas() throws IOException {
        Files.createDirectories(directory.resolve("newer"));
        Files.createDirectories(directory.resolve("older"));
        Files.writeString(directory.resolve("newer/Thing.json"), SCHEMA);
        Files.writeString(directory.resolve("older/Thing.json"), SCHEMA.replace("0-1", "0"));
        Files.writeString(
                directory.resolve("sums"),
                "newer=" + SchemaSet.load(directory.resolve("newer")).checksum() + "\nolder="
                        + SchemaSet.load(directory.resolve("older")).checksum());
    }

    private Path thing() {
        return directory.resolve("sources/io/barnabas/wire/message/Thing.java");
    }

    private void generate() throws IOException {
        GenerateMessages.main(new String[] {
            directory.resolve("newer").toString(),
            directory.resolve("older").toString(),
            directory.resolve("sums").toString(),
            directory.resolve("sources").toString()
        });
    }

    @Test
    void writesAClassForAMessageWithItsStructsInside() throws IOException {
        generate();
        assertThat(thing())
                .content()
                .contains("public final class Thing implements Message")
                .contains("public static final class Part implements Message")
                .contains("short HIGHEST_VERSION = 1;");
    }

    @Test
    void leavesAloneWhatIsAsItWasAndRemovesWhatIsNoMoreGenerated() throws IOException {
        generate();
        FileTime longAgo = FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(thing(), longAgo);
        Path stale = Files.writeString(thing().resolveSibling("Gone.java"), "class Gone {}");
        generate();
        assertThat(Files.getLastModifiedTime(thing())).isEqualTo(longAgo);
        assertThat(stale).doesNotExist();
    }

    @Test
    void refusesSchemasThatNobodyHasLookedAt() throws IOException {
        Files.writeString(directory.resolve("older/Another.json"), SCHEMA.replace("Thing", "Another"));
        assertThatThrownBy(this::generate)
                .hasMessageContaining("The older message schemas are not those this code was checked against")
                .hasMessageContaining(
                        "older=" + SchemaSet.load(directory.resolve("older")).checksum());
        assertThat(thing()).doesNotExist();
    }
}
