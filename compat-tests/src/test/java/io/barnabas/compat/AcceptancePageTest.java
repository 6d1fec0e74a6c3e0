package io.barnabas.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class AcceptancePageTest {
    private static final Path PAGE = Home.ROOT.resolve("docs/acceptance.md");

    private final AcceptancePage page = new AcceptancePage(Home.ROOT);

    @Test
    void everyPromiseHasATest() {
        assertThat(page.unproven()).isEmpty();
        assertThat(page.unknown()).isEmpty();
    }

    @Test
    void matchesTheTests() throws IOException {
        if (Boolean.getBoolean("writeDocs")) {
            Files.writeString(PAGE, page.render());
        }
        assertThat(Files.readString(PAGE))
                .as("docs/acceptance.md is behind the tests; write it anew with: ./mvnw -pl compat-tests test"
                        + " -Dtest=AcceptancePageTest -DwriteDocs=true")
                .isEqualTo(page.render());
    }
}
