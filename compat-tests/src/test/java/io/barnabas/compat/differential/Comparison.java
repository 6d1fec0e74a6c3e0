package io.barnabas.compat.differential;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Compares what two brokers said in the same scenario, field by field. Keys of our own are no difference. */
final class Comparison {
    private static final String ABSENT = "absent";
    private static final String OUR_OWN = "barnabas.";

    private final List<Difference> differences = new ArrayList<>();
    private final Predicate<Exchange> isCompared;
    private Exchange exchange;

    private Comparison(Predicate<Exchange> isCompared) {
        this.isCompared = isCompared;
    }

    static List<Difference> of(Play apache, Play ours, Predicate<Exchange> isCompared) {
        Comparison comparison = new Comparison(isCompared);
        comparison.compare(apache, ours);
        return comparison.differences;
    }

    private void compare(Play apache, Play ours) {
        MessageTree apacheTrees = new MessageTree(new Nature(apache));
        MessageTree ourTrees = new MessageTree(new Nature(ours));
        int steps = Math.max(apache.exchanges().size(), ours.exchanges().size());
        for (int i = 0; i < steps; i++) {
            Exchange theirs = i < apache.exchanges().size() ? apache.exchanges().get(i) : null;
            Exchange mine = i < ours.exchanges().size() ? ours.exchanges().get(i) : null;
            exchange = theirs != null ? theirs : mine;
            if (theirs == null || mine == null || !theirs.what().equals(mine.what())) {
                add("scenario", theirs == null ? "over" : theirs.what(), mine == null ? "over" : mine.what());
                return;
            }
            // Also of what is not compared the ids are numbered.
            Object theirTree = tree(apacheTrees, theirs);
            Object myTree = tree(ourTrees, mine);
            if (isCompared.test(exchange)) {
                compare("", theirTree, myTree);
            }
        }
    }

    private static Object tree(MessageTree trees, Exchange exchange) {
        return exchange.answer() instanceof Answer.Decoded decoded
                ? trees.of(decoded.message())
                : ((Answer.Word) exchange.answer()).text();
    }

    private void compare(String path, Object theirs, Object mine) {
        if (theirs instanceof Map<?, ?> theirMap && mine instanceof Map<?, ?> myMap) {
            Set<Object> fields = new LinkedHashSet<>(theirMap.keySet());
            myMap.keySet().stream()
                    .filter(field -> !field.toString().startsWith(OUR_OWN))
                    .forEach(fields::add);
            for (Object field : fields) {
                compare(
                        path.isEmpty() ? field.toString() : path + "." + field,
                        theirMap.containsKey(field) ? theirMap.get(field) : ABSENT,
                        myMap.containsKey(field) ? myMap.get(field) : ABSENT);
            }
        } else if (theirs instanceof List<?> theirList && mine instanceof List<?> myList) {
            for (int i = 0; i < Math.max(theirList.size(), myList.size()); i++) {
                compare(
                        path + "[" + i + "]",
                        i < theirList.size() ? theirList.get(i) : ABSENT,
                        i < myList.size() ? myList.get(i) : ABSENT);
            }
        } else if (!theirs.equals(mine)) {
            add(path, theirs.toString(), mine.toString());
        }
    }

    private void add(String path, String theirs, String mine) {
        differences.add(new Difference(
                exchange.api(), exchange.version(), exchange.what(), path, theirs, mine, exchange.request()));
    }
}
