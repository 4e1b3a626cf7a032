/** Reading a channel's log: pages of messages and of events, and receipts. */
@NullMarked
package dev.dunlin.message.history;

import org.jspecify.annotations.NullMarked;
