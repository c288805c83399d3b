using System.Globalization;
using FederationConsole.Platform;

namespace FederationConsole.Features.Administrators;

/// <summary>Where the current request comes from, for audit lines of sign-ins, which have no signed-in administrator yet.</summary>
public sealed class Caller(IHttpContextAccessor http)
{
    public string? Address => http.HttpContext?.Connection.RemoteIpAddress?.ToString();

    public string? RequestId => http.HttpContext?.TraceIdentifier;

    public Actor As(Administrator administrator) =>
        new(ActorKind.Administrator, administrator.Id.ToString(CultureInfo.InvariantCulture), administrator.Name, Address, RequestId);

    /// <summary>Somebody who has not shown who they are.</summary>
    public Actor Unknown => new(ActorKind.Administrator, "", "", Address, RequestId);
}
