/**
 * The OpenAPI documents of the services, completed while a service is built. Nothing here runs in a
 * started service.
 */
@NullMarked
package dev.dunlin.edge.openapi;

import org.jspecify.annotations.NullMarked;
