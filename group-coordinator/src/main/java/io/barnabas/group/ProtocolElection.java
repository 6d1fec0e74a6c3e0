package io.barnabas.group;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How a group finds its protocol: among those that everybody supports, each member votes for its favourite. */
final class ProtocolElection {
    private ProtocolElection() {}

    /**
     * The protocol with most votes; of equals the one voted for first.
     *
     * @param ballots each member's protocols, best first; at least one must be common to all
     */
    static String winner(Collection<List<String>> ballots) {
        Set<String> candidates = commonTo(ballots);
        Map<String, Integer> votes = new LinkedHashMap<>();
        ballots.forEach(ballot -> votes.merge(Member.vote(ballot, candidates), 1, Integer::sum));
        String winner = null;
        for (Map.Entry<String, Integer> tally : votes.entrySet()) {
            if (winner == null || tally.getValue() > votes.get(winner)) {
                winner = tally.getKey();
            }
        }
        return winner;
    }

    private static Set<String> commonTo(Collection<List<String>> ballots) {
        Map<String, Integer> supporters = new HashMap<>();
        ballots.forEach(ballot -> Set.copyOf(ballot).forEach(name -> supporters.merge(name, 1, Integer::sum)));
        Set<String> common = new LinkedHashSet<>();
        supporters.forEach((name, count) -> {
            if (count == ballots.size()) {
                common.add(name);
            }
        });
        return common;
    }
}
