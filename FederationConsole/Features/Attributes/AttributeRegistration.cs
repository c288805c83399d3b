namespace FederationConsole.Features.Attributes;

public static class AttributeRegistration
{
    public static void AddAttributes(this IServiceCollection services, string contentRoot)
    {
        services.AddSingleton(_ => AttributeLibrary.Load(Path.Combine(contentRoot, "seeds", "attributes.json")));
        services.AddSingleton<AttributeCatalog>();
        services.AddSingleton<AttributeSchemaService>();
        services.AddSingleton<UserAttributes>();
        services.AddHostedService(provider => provider.GetRequiredService<AttributeCatalog>());
    }
}
