/** The calls of the REST API that this service owns. */
@NullMarked
package dev.dunlin.connection.rest;

import org.jspecify.annotations.NullMarked;
