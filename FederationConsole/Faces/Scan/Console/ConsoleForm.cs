using FederationConsole.Features.QrLogin;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.Extensions.Options;

namespace FederationConsole.Faces.Scan.Console;

/// <summary>What the console's two light pages share: an anti-forgery token, a form's text, who asks.</summary>
internal sealed class ConsoleForm(IAntiforgery antiforgery, IOptions<QrLoginOptions> options, IHostEnvironment host)
{
    private readonly string _placeHeader = options.Value.PlaceHeader;

    public const string CodeField = "code";

    public bool IsDevelopment { get; } = host.IsDevelopment();

    /// <summary>A hidden field; its cookie goes with the answer.</summary>
    public Markup Token(HttpContext http)
    {
        var tokens = antiforgery.GetAndStoreTokens(http);
        return Markup.Of($"<input type=\"hidden\" name=\"{tokens.FormFieldName}\" value=\"{tokens.RequestToken}\">");
    }

    /// <summary>Null for a form that is not ours.</summary>
    public async Task<IFormCollection?> ReadAsync(HttpContext http) =>
        await Phone.PhonePage.FormAsync(http) is { } form && await antiforgery.IsRequestValidAsync(http) ? form : null;

    public Device Device(HttpContext http) => Features.QrLogin.Device.Of(
        http.Request.Headers.UserAgent, http.Connection.RemoteIpAddress, _placeHeader.Length > 0 ? http.Request.Headers[_placeHeader].ToString() : null);

    public static void Go(HttpContext http, string path)
    {
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = path;
        http.Response.Headers.CacheControl = "no-store";
    }

    /// <summary>The code fits no place where anybody could read it: the page's script writes it and sends it at once.</summary>
    public static LightPage Page(string title, Markup body) => new(title, body) { Script = "/js/scan.js", HasAvatars = true, Kind = "full" };

    public static Markup Alarm(string? text) => text is null ? Markup.None : Markup.Of($"<p class=\"alarm\" role=\"alert\">{text}</p>");
}
