/** The REST half of the SDK. */
@NullMarked
package dev.dunlin.client.rest;

import org.jspecify.annotations.NullMarked;
