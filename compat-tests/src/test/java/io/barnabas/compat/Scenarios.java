package io.barnabas.compat;

import java.util.ArrayList;
import java.util.List;

/** Runs programs of the {@code scenarios} module against a broker, with clients of one or more releases in one process. */
final class Scenarios {
    private static final String PACKAGE = "io.barnabas.scenario.";
    private static final long LIMIT_SECONDS = 240;
    private static final long MORE_SECONDS_A_RELEASE = 20;

    private final BrokerAddress broker;

    Scenarios(BrokerAddress broker) {
        this.broker = broker;
    }

    /** Writes numbered topics; each record gets the offset of its number. */
    void fill(String release, List<String> topics) {
        each("FillScenario", List.of(release), topics);
    }

    /** Reads numbered topics with one release after the other and answers with what they say of it. */
    List<String> read(List<String> releases, List<String> topics) {
        return each("ReadScenario", releases, topics).lines();
    }

    private Program.Result each(String scenario, List<String> releases, List<String> own) {
        List<String> arguments = new ArrayList<>(List.of(PACKAGE + scenario, broker.address()));
        arguments.addAll(own);
        arguments.add("--");
        releases.forEach(release -> arguments.add(Releases.described(release)));
        return Program.java(Home.scenarios(), PACKAGE + "EachRelease", arguments.toArray(String[]::new))
                .start()
                .await(LIMIT_SECONDS + MORE_SECONDS_A_RELEASE * releases.size())
                .expectSuccess();
    }
}
