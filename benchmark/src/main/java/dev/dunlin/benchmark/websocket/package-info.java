/**
 * Client links as thin as they can be, so that the tool takes little of the machine it measures.
 */
@NullMarked
package dev.dunlin.benchmark.websocket;

import org.jspecify.annotations.NullMarked;
