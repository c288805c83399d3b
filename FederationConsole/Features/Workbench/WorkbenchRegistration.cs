namespace FederationConsole.Features.Workbench;

public static class WorkbenchRegistration
{
    /// <param name="faces">Names of the faces.</param>
    /// <param name="read">A face's OpenAPI document: features know no faces, the composition introduces them.</param>
    public static IServiceCollection AddWorkbench(
        this IServiceCollection services, Func<IServiceProvider, IReadOnlyList<string>> faces, Func<IServiceProvider, string, byte[]?> read) =>
        services.AddSingleton(provider => new ApiDocuments(() => faces(provider), face => read(provider, face)));
}
