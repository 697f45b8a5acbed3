// Without `validatorUrl: null` Swagger UI sends the address of the document to a validator on the internet.
window.ui = SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#swagger-ui",
  validatorUrl: null,
  deepLinking: true,
  docExpansion: "list",
  filter: true,
});
