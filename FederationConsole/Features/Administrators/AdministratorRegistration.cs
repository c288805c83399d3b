using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace FederationConsole.Features.Administrators;

public static class AdministratorRegistration
{
    /// <summary>After AddData: the first administrator is a row, so the database must be there before.</summary>
    public static void AddAdministrators(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<FirstAdministratorOptions>().Bind(configuration.GetSection(FirstAdministratorOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<FirstAdministratorOptions>, FirstAdministratorRules>();
        services.AddHttpContextAccessor();
        services.AddSingleton<Caller>();
        services.AddSingleton<Passwords>();
        services.AddSingleton<AdministratorDirectory>();
        services.AddSingleton<AdministratorService>();
        services.AddSingleton<MyAccountService>();
        services.AddSingleton<HostService>();
        services.AddSingleton<SetUpCode>();
        services.AddSingleton<SetUpService>();
        services.AddSingleton<AdministratorCommands>();
        services.TryAddSingleton(new StartNotice(Console.Out));
        services.AddHostedService<FirstAdministrator>();
        AddIdentity(services);
        AddCookies(services);
        services.AddScoped<SignInFlow>();
        services.AddScoped<AuthenticationStateProvider, CircuitSignIn>();
        services.AddSingleton<IClaimsTransformation, AddressClaims>();
    }

    /// <summary>Signing out is a form in the frame's menu and changes state, so it is a POST with an anti-forgery token.</summary>
    public static void MapAdministrators(this IEndpointRouteBuilder routes) =>
        routes.MapPost(AccountPaths.SignOut, async (HttpContext http, IAntiforgery antiforgery, SignInFlow flow) =>
        {
            if (!await antiforgery.IsRequestValidAsync(http))
            {
                return Results.BadRequest();
            }

            await flow.SignOutAsync();
            return Results.LocalRedirect(AccountPaths.SignedOut);
        }).DisableAntiforgery().ExcludeFromDescription();

    private static void AddIdentity(IServiceCollection services)
    {
        // A singleton, since our services are: it has no state but its options.
        services.AddSingleton<IPasswordHasher<Administrator>, PasswordHasher<Administrator>>();
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = Passwords.Iterations);
        services.AddScoped<ILookupNormalizer, LowerCase>();
        services.AddIdentityCore<Administrator>(options =>
            {
                options.User.RequireUniqueEmail = true;
                options.User.AllowedUserNameCharacters = "";
                options.Lockout.MaxFailedAccessAttempts = 5;
                options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(5);
                options.Password = new PasswordOptions
                {
                    RequiredLength = Passwords.MinLength,
                    RequiredUniqueChars = 4,
                    RequireDigit = false,
                    RequireLowercase = false,
                    RequireNonAlphanumeric = false,
                    RequireUppercase = false,
                };
            })
            .AddUserStore<AdministratorUserStore>()
            .AddUserManager<AdministratorManager>()
            .AddSignInManager<AdministratorSignIn>()
            .AddTokenProvider<AuthenticatorCodes>(TokenOptions.DefaultAuthenticatorProvider);
        services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = TimeSpan.FromMinutes(1));
    }

    private static void AddCookies(IServiceCollection services)
    {
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.AddAuthorization();
        services.Configure<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme, options =>
        {
            options.Cookie.Name = "console";
            options.ExpireTimeSpan = TimeSpan.FromHours(8);
            options.SlidingExpiration = true;
            options.LoginPath = AccountPaths.SignIn;
            options.AccessDeniedPath = AccountPaths.Denied;
            options.ReturnUrlParameter = AccountPaths.ReturnUrl;
        });
        services.Configure<CookieAuthenticationOptions>(IdentityConstants.TwoFactorUserIdScheme, options =>
        {
            options.Cookie.Name = "console-half";
            options.ExpireTimeSpan = TimeSpan.FromMinutes(10);
        });
        foreach (var scheme in (string[])[IdentityConstants.ApplicationScheme, IdentityConstants.TwoFactorUserIdScheme])
        {
            services.Configure<CookieAuthenticationOptions>(scheme, options =>
            {
                options.Cookie.HttpOnly = true;
                options.Cookie.SameSite = SameSiteMode.Lax;
                options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            });
        }
    }
}

/// <summary>The account pages, which are reached without being signed in.</summary>
public static class AccountPaths
{
    public const string SignIn = "/account/sign-in";
    public const string TwoStep = "/account/two-step";
    public const string Enrol = "/account/enrol";
    public const string Denied = "/account/denied";
    public const string SignOut = "/account/sign-out";
    public const string SignedOut = "/account/signed-out";
    public const string Mine = "/account";
    /// <summary>The code to scan (Faces/Scan), where the host's policy offers it.</summary>
    public const string SignInByQr = "/account/sign-in/qr";
    public const string MyQr = "/account/qr";
    public const string SetUp = "/setup";
    public const string ReturnUrl = "returnUrl";
}
