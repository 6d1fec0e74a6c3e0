package io.barnabas.requests.data;

import io.barnabas.requests.ClientConnection;
import io.barnabas.requests.Gathering;
import java.util.ArrayList;
import java.util.List;

/**
 * Produces of one connection that arrived together: their batches go into the log in their order, those for the same
 * partition behind each other with one write. Confined to the connection's event loop; holds no more than what was read
 * from the socket at once.
 */
final class GatheredAppends implements Gathering {
    private final List<ProduceItem> items = new ArrayList<>();

    /** Takes an item, which is appended when the gathering ends. */
    static void add(ClientConnection connection, ProduceItem item) {
        if (connection.gathering() instanceof GatheredAppends begun) {
            begun.items.add(item);
        } else {
            GatheredAppends first = new GatheredAppends();
            first.items.add(item);
            connection.gather(first);
        }
    }

    @Override
    public void end() {
        for (int from = 0, to; from < items.size(); from = to) {
            to = from + 1;
            while (to < items.size() && items.get(from).mayShareWrite(items.get(to))) {
                to++;
            }
            ProduceItem.appendTogether(items.subList(from, to));
        }
    }
}
