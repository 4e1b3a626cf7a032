/**
 * The Java SDK of Dunlin: a client that keeps its promises over lost links. Starts at
 * {@link dev.dunlin.client.DunlinClient}.
 */
@NullMarked
package dev.dunlin.client;

import org.jspecify.annotations.NullMarked;
